"""What is wrong with a layer, as a code with values; the words are elsewhere."""


class GeometryFault(Exception):
    """A layer cannot be used.

    code and what its values name:
    no_layer (folder, name), several_layers (folder, names), unreadable_layer (file), no_projection (file),
    no_number (file, columns), bad_number (file, numbers), not_polygons (file, rows: how many),
    areas_missing (folder, area_ids), unknown_detail (detail, known).
    """

    def __init__(self, code: str, values: dict[str, str | int | list[str]]):
        super().__init__(code, values)
        self.code = code
        self.values = values
