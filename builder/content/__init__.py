"""Content files become checked records, cards and the collected site."""
