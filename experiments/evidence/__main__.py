"""Where do docs/evidence.md and docs/evidence.svg come from?

python -m experiments.evidence --write
"""

import argparse

from experiments.evidence.page import FOLDER, pages


def main() -> None:
    """Write page and picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", required=True, help="write both into docs/")
    parser.parse_args()
    for name, content in pages().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
