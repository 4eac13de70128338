/**
 * What the machine or what runs on it is at fault for, and not the input: the command line prints the message and exits with code 1.
 *
 * @example
 * throw new MachineFault('squeue does not answer');
 */
export class MachineFault extends Error {
  override readonly name: string = 'MachineFault';
}
