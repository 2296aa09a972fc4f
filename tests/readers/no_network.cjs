// Required before anything else (node --require): whoever reaches for the network ends the program, and is told.
const net = require('node:net')
const dns = require('node:dns')

function end () {
  require('node:fs').writeSync(2, 'a reader reaches for the network\n')
  process.exit(97)
}

net.Socket.prototype.connect = end
for (const ask of ['lookup', 'resolve', 'resolve4', 'resolve6']) dns[ask] = dns.promises[ask] = end
