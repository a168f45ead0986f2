import { isIP } from 'node:net';

/**
 * What counts as one client: an IPv4 address, or the /64 that one subscriber has in IPv6. What is no address, such as a
 * header somebody made up, is one client altogether: whoever invents them gains nothing.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return plain;
  if (isIP(plain) === 0) return 'unknown';
  const [head = '', tail] = plain.toLowerCase().split('::');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const filled = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
