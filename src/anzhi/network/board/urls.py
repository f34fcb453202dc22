"""Address of the board."""

from django.urls import path

from anzhi.network.board import views

app_name = "board"
urlpatterns = [path("", views.Board.as_view(), name="board")]
