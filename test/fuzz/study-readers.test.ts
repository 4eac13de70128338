import { describeDamagedFiles } from './damaged-files.ts';
import { studyReaders } from './readers/study-readers.ts';

describeDamagedFiles(studyReaders);
