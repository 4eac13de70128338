import { datasetReaders } from './readers/dataset-readers.ts';
import { describeThousandCases } from './thousand-cases.ts';

describeThousandCases(datasetReaders);
