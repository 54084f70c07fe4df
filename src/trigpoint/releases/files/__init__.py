"""Files as bytes become tables: archives unpacked, encodings and kinds told by content, sheets and rows in reach."""
