"""Calendar files (.ics): the days of an application period as entries, and entries as text after RFC 5545. Knows no guide."""
