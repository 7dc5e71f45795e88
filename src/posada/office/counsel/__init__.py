"""The counsel desk: attorneys and accredited representatives, conflicts, engagements."""
