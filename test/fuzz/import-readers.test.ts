import { importReaders } from './readers/import-readers.ts';
import { describeThousandCases } from './thousand-cases.ts';

describeThousandCases(importReaders.filter(({ ceiling }) => ceiling === undefined));
