/**
 * What the machine or what runs on it is at fault for, and not the input: the command line prints the message and exits with code 1.
 *
 * @example
 * new MachineFault('squeue does not answer').name; // 'MachineFault'
 */
export class MachineFault extends Error {
  override readonly name: string = 'MachineFault';
}
