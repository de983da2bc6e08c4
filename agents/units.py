"""Which conversions between units does the model use? Definitions, not assumptions."""

FEN_PER_YUAN = 100
DAYS_PER_WEEK = 7
MINUTES_PER_DAY = 1440
MINUTES_PER_HOUR = 60.0
WEEKS_PER_YEAR = 365.25 / 7
MONTHS_PER_YEAR = 12
WEEKS_PER_QUARTER = 13
YUAN_PER_MONEY_STEP = 100.0  # money coefficients are stated per 100 yuan
HUNDREDTHS = 100
TENS, THOUSANDS = 10.0, 1000.0  # coefficients stated per 10 and per 1,000 yuan
WEEKS_OF_CHILDHOOD = 783  # fifteen years: children leave the zone's register on their fifteenth birthday
WEEKS_UNTIL_5 = 261
WEEKS_UNTIL_10 = 522
