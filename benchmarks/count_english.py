"""Write the table of common English words that tells TF-IDF which words say little in any text.

    python -m pip install wordfreq==3.1.1
    python benchmarks/count_english.py > pmm_analysis/english.txt

The package behind it weighs 57 MB, the table 75 kB; rarer words are left out because they are not
expected on any of the hundred pages of ordinary English that the table stands for in the weighting.
"""

import math
import re
from collections import defaultdict

import snowballstemmer
import wordfreq

LEAST_ZIPF = 3.5

HEADER = """\
# How common English words are: a Zipf value (log10 of uses per billion words), then the Snowball stems that have it.
# Written by benchmarks/count_english.py: the forms of one stem added up and rounded to a tenth, from the word list of
# wordfreq 3.1.1 by Robyn Speer (https://github.com/rspeer/wordfreq, doi:10.5281/zenodo.7199437), which draws on
# Google Books Ngrams (http://books.google.com/ngrams), the Leeds Internet Corpus, Wikipedia, ParaCrawl, OpenSubtitles
# (http://www.opensubtitles.org), Twitter and the freely available SUBTLEX lists of Marc Brysbaert et al.
# (http://crr.ugent.be/programs-data/subtitle-frequencies).
# This file, as a work derived from that list, is under CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/).
"""


def main():
    stem, uses, tiers = snowballstemmer.stemmer("english").stemWord, defaultdict(float), defaultdict(list)
    for word in wordfreq.top_n_list("en", 60_000):
        if re.fullmatch(r"[^\W\d_][\w+#']*", word):
            uses[stem(word)] += wordfreq.word_frequency(word, "en")
    for word, share in uses.items():
        if (zipf := round(math.log10(share * 1e9), 1)) >= LEAST_ZIPF:
            tiers[zipf].append(word)
    print(HEADER, end="")
    for zipf in sorted(tiers, reverse=True):
        print(zipf, *sorted(tiers[zipf]))


if __name__ == "__main__":
    main()
