"""What a dentist knows: teeth, specialties, urgency, safety. Pure rules without Django and without licensed code text."""
