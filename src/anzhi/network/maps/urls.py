"""Addresses of the map, its tiles and its data."""

from django.urls import path

from anzhi.network.maps import views

app_name = "maps"
urlpatterns = [
    path("maps/", views.Map.as_view(), name="map"),
    path("maps/shapes/<int:code>/<slug:level>.json", views.Shapes.as_view(), name="shapes"),
    path("maps/features/<slug:layer>/<int:code>.json", views.Features.as_view(), name="features"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt", views.Tile.as_view(), name="tile"),
]
