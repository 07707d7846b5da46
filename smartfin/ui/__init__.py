"""What a browser shows. With ``server`` the only room that knows Streamlit.

A page asks one service for one frozen view and draws it with the parts in here; it
computes nothing. What a reader chose lives in the address (``state``), so a link
reproduces the view.
"""
