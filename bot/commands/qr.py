"""``motcua qr``: the QR code of a procedure for the counter, as a picture or as an A5 page to print."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from bot.app import doors_of, load_house_texts, project_root
from bot.doors.doors import DoorError, path_code, read_path_code
from bot.doors.pages import DoorPages
from bot.doors.qr import Picture, picture
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.catalogue.live import LiveCatalogue, today_in_vietnam

PAGE = "html"


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``qr``."""
    parser = subparsers.add_parser("qr", help="make the QR code of a procedure for the counter")
    parser.add_argument("code", help="TTHC code, such as 1.001193")
    parser.add_argument("--form", choices=[*(kind.value for kind in Picture), PAGE], default=PAGE)
    parser.add_argument("--out", type=Path, help="file to write; qr-<code>.<form> by default")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Write the file."""
    doors = doors_of(settings)
    code = read_path_code(args.code)
    if code is None:
        raise DoorError(f"{args.code!r} is no TTHC code; one looks like 1.001193")
    transactions = UnitOfWork(open_engine(settings.database_url))
    try:
        catalogue = LiveCatalogue(transactions)
        await catalogue.refresh()
        procedure = await catalogue.get(code)
        if procedure is None:
            raise DoorError(f"the live catalogue has no procedure {code}; see `motcua catalogue search`")
        pages = DoorPages(doors, catalogue, load_house_texts(project_root(), settings.texts_file), today_in_vietnam)
        if args.form == PAGE:
            content = pages.printed(procedure).encode()
        else:
            content = picture(doors.page(code), Picture(args.form))
    finally:
        await transactions.close()
    out = args.out or Path(f"qr-{path_code(code)}.{args.form}")
    out.write_bytes(content)
    print(f"{out}: {doors.page(code)}")
    return 0
