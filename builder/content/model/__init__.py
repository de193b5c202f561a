"""The words of the trade: every record that an editor may write, declared once."""
