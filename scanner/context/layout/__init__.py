"""How a text is laid out: its lines and blocks, rows, columns, lists, records, statements of SQL."""
