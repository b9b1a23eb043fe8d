using C10k.Hosting;
using C10k.Servers.Models;

return ServerHost.Run(args, Catalogue.Models);
