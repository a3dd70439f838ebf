#import <Foundation/Foundation.h>
#import "Song.h"

#define CLAMP(x) MIN(MAX((x), 0), 1)

typedef enum {
    PlayerStopped,
    PlayerPlaying
} PlayerState;

struct Range {
    int from;
    int to;
};

union Level {
    float ratio;
    int steps;
};

typedef union {
    int asInt;
    float asFloat;
} Sample;

/// Hears what a player does.
@protocol PlayerDelegate <NSObject>
- (void)playerDidStop:(id)player;
@end

/**
 * A player of songs.
 */
@interface Player : NSObject
@property (nonatomic, strong) NSArray *songs;

/// Makes a player for some songs.
- (instancetype)initWithSongs:(NSArray *)songs volume:(float)volume;
- (instancetype)initWithSong:(Song *)song NS_DESIGNATED_INITIALIZER;
- (void)stop NS_REQUIRES_SUPER;
+ (void)fade:(float)from :(float)to;
@end

@implementation Player

- (instancetype)initWithSongs:(NSArray *)songs volume:(float)volume
{
    self = [super init];
    if (self) {
        _songs = songs;
    }
    return self;
}

// Stops at once.
- (void)stop
{
    for (Song *song in self.songs) {
        if (song.playing && song.length > 0) {
            [song pause];
        }
    }
}

/* Makes the player that all share. */
+ (Player *)sharedPlayer
{
    static Player *shared = nil;
    return shared ? shared : [[Player alloc] init];
}

@end

/* Compares two songs by length. */
static int compareSongs(Song *left, Song *right, void *context)
{
    switch (left.length > right.length) {
        case 1:
            return 1;
        default:
            return -1;
    }
}
