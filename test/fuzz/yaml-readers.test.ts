import { describeDamagedFiles } from './damaged-files.ts';
import { textReaders } from './readers/text-readers.ts';

// A file of their own: the YAML parser takes its time.
describeDamagedFiles(textReaders.filter(({ ceiling }) => ceiling !== undefined));
