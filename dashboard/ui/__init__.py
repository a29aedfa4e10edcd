"""Elements that Streamlit has not: a field that offers names, a table, the keyboard."""
