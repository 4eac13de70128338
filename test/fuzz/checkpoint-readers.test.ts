import { checkpointReaders } from './readers/checkpoint-readers.ts';
import { describeThousandCases } from './thousand-cases.ts';

describeThousandCases(checkpointReaders);
