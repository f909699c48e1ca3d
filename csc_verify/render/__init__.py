"""From reports to text and pictures. Pure: the same reports give the same bytes."""
