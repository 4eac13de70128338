import { describeDamagedFiles } from './damaged-files.ts';
import { textReaders } from './readers/text-readers.ts';

describeDamagedFiles(textReaders.filter(({ ceiling }) => ceiling === undefined));
