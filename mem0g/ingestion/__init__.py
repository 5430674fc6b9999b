"""From text to claims, and from claims to what follows from them."""
