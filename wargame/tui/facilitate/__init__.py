"""The facilitator's place: the console, its forms, and the gate before it."""
