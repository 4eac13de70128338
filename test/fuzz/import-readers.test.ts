import { describeDamagedFiles } from './damaged-files.ts';
import { importReaders } from './readers/import-readers.ts';

describeDamagedFiles(importReaders.filter(({ ceiling }) => ceiling === undefined));
