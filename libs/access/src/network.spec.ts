import { networkOf } from './network.js';

describe('the network a client counts as', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:0:1:a:b:c:d', '2001:db8:0:1::/64'],
    ['2001:0DB8:0:1::1', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['no address', 'unknown'],
    ['x'.repeat(9_000), 'unknown'],
    ['', 'unknown'],
  ])('of %.40s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});
