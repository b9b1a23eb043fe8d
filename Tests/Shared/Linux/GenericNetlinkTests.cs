using C10k.Linux;
using Xunit;

namespace C10k.Tests.Shared.Linux;

public sealed class GenericNetlinkTests
{
    // Type 1 with three bytes and one of padding, then type 2 (with the flag of a nest) with two bytes at the very end.
    private static readonly byte[] Attributes = [7, 0, 1, 0, 10, 11, 12, 0, 6, 0, 2, 0x80, 20, 21];

    [Fact]
    public void Attributes_are_found_by_type_whatever_their_padding_and_flags()
    {
        Assert.Equal([10, 11, 12], GenericNetlinkSocket.Find(Attributes, 1).ToArray());
        Assert.Equal([20, 21], GenericNetlinkSocket.Find(Attributes, 2).ToArray());
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 7, 0, 1 })]
    [InlineData(new byte[] { 3, 0, 1, 0, 9, 9, 9, 9 })]
    [InlineData(new byte[] { 99, 0, 1, 0, 9, 9, 9, 9 })]
    [InlineData(new byte[] { 5, 0, 2, 0, 9 })]
    public void What_is_missing_or_cut_off_is_nothing(byte[] attributes) =>
        Assert.True(GenericNetlinkSocket.Find(attributes, 1).IsEmpty);

    [Fact]
    public void A_family_nobody_has_registered_is_an_error_by_name()
    {
        using var socket = new GenericNetlinkSocket();

        var errno = socket.Ask(
            Genetlink.GENL_ID_CTRL,
            Genetlink.CTRL_CMD_GETFAMILY,
            Genetlink.CTRL_ATTR_FAMILY_NAME,
            "C10K_NOTHING\0"u8,
            out var answer
        );

        Assert.NotEqual(Errno.None, errno);
        Assert.True(answer.IsEmpty);
    }
}
