"""Writes the reviews of the Large Movie Review Dataset as a table of text, label and split, labelled by their stars.

Usage: python3 build/imdb-stars.py aclImdb_v1.tar.gz stars.csv

The files' names say the stars, ID_STARS.txt: 1 to 4 for negative reviews, 7 to 10 for positive ones, eight labels in all.
"""

import csv
import re
import sys
import tarfile

NAME = re.compile(r"(?:.*/)?(train|test)/(?:neg|pos)/(\d+)_(\d+)\.txt")


def main(archive, table):
    with tarfile.open(archive) as files:
        reviews = [
            (match[1], int(match[2]), match[3], files.extractfile(member).read().decode("utf-8", "replace"))
            for member in files
            if (match := NAME.fullmatch(member.name))
        ]
    # In an order that does not depend on the archive's.
    reviews.sort(key=lambda review: (review[0] != "train", review[1], int(review[2])))
    with open(table, "w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["text", "label", "split"])
        rows.writerows((text, stars, split) for split, _, stars, text in reviews)
    print(f"{table}: {len(reviews):,} reviews")


if __name__ == "__main__":
    main(*sys.argv[1:])
