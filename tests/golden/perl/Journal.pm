package Journal;

use strict;
use warnings;
use List::Util qw(sum first);

our $VERSION = '1.0';

=head1 NAME

Journal - keeps entries.

=cut

# Makes an empty journal.
sub new {
    my ($class, %options) = @_;
    my $self = { entries => [], limit => $options{limit} || 10 };
    return bless $self, $class;
}

=head2 add

Adds an entry. It is far from what it is about.

=cut

sub add {
    my ($self, $text) = @_;
    if (!defined $text || $text eq '') {
        die "no text";
    } elsif (@{ $self->{entries} } >= $self->{limit}) {
        return 0;
    }
    push @{ $self->{entries} }, $text;
    return 1;
}

# -----------------------------
sub total($self, $unit = 'words') {
    my $count = 0;
    foreach my $entry (@{ $self->{entries} }) {
        $count += length $entry unless $entry =~ /^#/;
    }
    for (my $i = 0; $i < 2; $i++) {
        $count *= 1;
    }
    return $count > 0 ? $count : 0;
}

package Journal::Entry {
    sub text {
        my $self = shift;
        return $self->{text};
    }
}

class Journal::Cursor {
    method next {
        return 1;
    }
}

1;
