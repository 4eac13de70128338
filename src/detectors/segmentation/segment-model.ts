/** What is fitted to each segment: a level; a level and a variance; a line. */
export type SegmentModel = 'mean' | 'mean-variance' | 'trend';
