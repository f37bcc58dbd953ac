"""`make pictures`: every slide as people see it, so that a person can look: plain, in grey, and with each colour-vision deficiency."""

import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from ipsdash.export.images import png
from ipsdash.export.slides import slide_svg
from ipsdash.figures.borders import borders
from ipsdash.figures.story import arranged
from ipsdash.figures.style import STYLES
from ipsdash.tables.load import load
from ipsdash.text.formats import LANGUAGES
from ipsdash.text.words import Words
from tests.conftest import PUBLIC
from tests.told import told

# Machado, Oliveira and Fernandes (2009), severity 1, on linear light; grey is luminance.
SEEN = {
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(picture: Image.Image, by: str) -> Image.Image:
    """A picture as somebody with this deficiency sees it."""
    light = (np.asarray(picture.convert("RGB"), float) / 255) ** 2.2
    turned = np.clip(light @ np.array(SEEN[by]).T, 0, 1) ** (1 / 2.2)
    return Image.fromarray((turned * 255).round().astype("uint8"))


def main(folder: Path) -> None:
    """Writes the pictures of all slides into a folder, by language."""
    tables = load(PUBLIC).tables
    lines = borders(PUBLIC / "geo", tables)
    for lang in LANGUAGES:
        (folder / lang).mkdir(parents=True, exist_ok=True)
        every = told(tables, lines, lang=lang)
        slides = arranged(Words(lang), every, [slide.name for slide in every], {}, {})
        for place, slide in enumerate(slides, 1):
            plain = Image.open(io.BytesIO(png(slide_svg(slide, STYLES["projector"], place, len(slides)))))
            plain.save(folder / lang / f"{place:02}-{slide.name}.png")
            for by in SEEN:
                seen(plain, by).save(folder / lang / f"{place:02}-{slide.name}-{by}.png")
    print(f"{2 * len(slides) * (1 + len(SEEN))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/pictures"))
