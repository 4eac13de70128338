import { textReaders } from './readers/text-readers.ts';
import { describeThousandCases } from './thousand-cases.ts';

describeThousandCases(textReaders.filter(({ ceiling }) => ceiling === undefined));
