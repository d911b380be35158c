"""The designer's room: procedures with their versions, and the bench on which a draft is checked and proposed."""
