"""The map: a constant Folium base map, and the events that its script fetches."""
