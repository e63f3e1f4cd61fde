"""One module a screen. Anything private is an opaque `Screen`; nothing here knows a rule."""
