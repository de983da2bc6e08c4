"""Who paid whom, and can the fund bear it? The fund’s flows, its balance sheet, its chances, down to single postings."""
