import { describeDamagedFiles } from './damaged-files.ts';
import { checkpointReaders } from './readers/checkpoint-readers.ts';

describeDamagedFiles(checkpointReaders);
