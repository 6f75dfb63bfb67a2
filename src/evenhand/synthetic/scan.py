"""A clean PDF after a fax and a scanner: every page a slightly crooked, noisy grey picture, and no text layer."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter

DPI = 150
MOST_SKEW = 0.7
"""Degrees by which a page lies crooked at most."""
QUALITY = 45
"""JPEG quality of the pictures, 1 to 95."""


def scan(content: bytes, *, seed: int) -> bytes:
    """The PDF `content` as a scanner would give it back. The same seed gives the same bytes."""
    chance = np.random.default_rng(seed)
    with pdfium.PdfDocument(content) as document:
        pictures = [_worn(_picture(page), chance) for page in document]
    return _bound(pictures)


def _picture(page: pdfium.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    return picture


def _worn(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """One page: skewed, softened, greyed, with grain and specks of dust."""
    skew = float(chance.uniform(-MOST_SKEW, MOST_SKEW))
    crooked = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = crooked.filter(ImageFilter.GaussianBlur(radius=0.45))
    grey = np.asarray(soft, dtype=np.float32) * 0.80 + 44.0
    grey += chance.normal(0.0, 4.0, size=grey.shape).astype(np.float32)
    _specks(grey, chance)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def _specks(grey: NDArray[np.float32], chance: np.random.Generator) -> None:
    height, width = grey.shape
    for _ in range(40):
        y, x = int(chance.integers(0, height - 2)), int(chance.integers(0, width - 2))
        grey[y : y + 2, x : x + 2] = chance.uniform(60.0, 150.0)


def _bound(pictures: list[Image.Image]) -> bytes:
    """The pictures as the pages of a PDF, with no date and no author: a scanner knows neither."""
    pdf = pikepdf.Pdf.new()
    for picture in pictures:
        jpeg = io.BytesIO()
        picture.save(jpeg, format="JPEG", quality=QUALITY, optimize=True)
        width, height = picture.width * 72 / DPI, picture.height * 72 / DPI
        image = pdf.make_stream(
            jpeg.getvalue(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page = pdf.add_blank_page(page_size=(width, height))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
        page.Contents = pdf.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Scan Do Q".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, linearize=False)
    return out.getvalue()
