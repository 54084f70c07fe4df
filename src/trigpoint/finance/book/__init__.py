"""The folder ``finance`` of a workspace: what is allocated, spent, saved, risked and contracted."""
