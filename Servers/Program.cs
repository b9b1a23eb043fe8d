using C10k.Hosting;
using C10k.Nodes.Agents;
using C10k.Servers.Models;

var agent = new AgentCatalogue("Servers", arguments => ServerHost.WhyNot(arguments, Catalogue.Models))
{
    Models = () => ServerHost.ListModels(Catalogue.Models),
    AddressOption = "--address",
};
return ServerHost.Run(args, Catalogue.Models, [AgentCommand.Create(agent)]);
