"""Published NHS statistics: files as they really are become observations, each with its provenance.

``read_file`` tells what a file is by its content and reads it; ``store`` keeps observations in a workspace; ``figures``
gives the value of a measure for an organisation and a month.
"""
