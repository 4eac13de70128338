import { studyReaders } from './readers/study-readers.ts';
import { describeThousandCases } from './thousand-cases.ts';

describeThousandCases(studyReaders);
