"""The HTTP face: parse what is asked, call one service, render what it gives back."""
