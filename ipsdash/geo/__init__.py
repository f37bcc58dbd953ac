"""Borders and places: reads the folder of layers and hands out plain frames in kilometres of EPSG:25833.

Import it late: the modules load geopandas, 0.07 s beyond pandas.
"""
