import { z } from 'zod';

/** Whole numbers from `least` to `most`. */
export const wholeNumber = (least: number, most: number) => z.int().min(least).max(most);

/** Whole numbers from 1 to `most`. */
export const positive = (most: number) => wholeNumber(1, most);

/** Numbers from 0 to 1. */
export const share = z.number().min(0).max(1);
