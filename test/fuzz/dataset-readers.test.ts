import { describeDamagedFiles } from './damaged-files.ts';
import { datasetReaders } from './readers/dataset-readers.ts';

describeDamagedFiles(datasetReaders);
