"""Papers and files of the activity model: the answer as JSON, tables, the national return, a paper's section."""
