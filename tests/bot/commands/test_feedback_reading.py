from argparse import ArgumentParser

from bot.commands import feedback


def test_records_are_listed_without_words_to_look_for() -> None:
    parser = ArgumentParser()
    feedback.add_parser(parser.add_subparsers())
    given = parser.parse_args(["feedback", "list", "--as", "mau-tiepnhan"])
    assert not given.words
