/**
 * By how much twice the log-likelihood of a step's place may fall short of the best one's, at 95 %: under a step of
 * moderate size it falls on either side like a Brownian motion with drift whose maximum is exponential, so
 * P(drop > x) = 1 − (1 − e^−x)² for the log-likelihood itself (Siegmund 1988).
 */
export const STEP_TOLERANCE = -2 * Math.log(1 - Math.sqrt(0.95));

/** The same for the place of a kink, which is an ordinary parameter: χ² with one degree. */
export const KINK_TOLERANCE = 3.841;
