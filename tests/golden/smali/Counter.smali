.class public final Lorg/example/Counter;
.super Ljava/lang/Object;
.source "Counter.java"
.implements Ljava/lang/Runnable;


# static fields
.field private static final LIMIT:I = 0xa

# instance fields
.field private count:I

.field protected name:Ljava/lang/String;


# direct methods
.method public constructor <init>(Ljava/lang/String;)V
    .registers 3
    .param p1, "name"    # Ljava/lang/String;

    .prologue
    .line 12
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    .line 13
    iput-object p1, p0, Lorg/example/Counter;->name:Ljava/lang/String;

    return-void
.end method

.method private static clamp(II)I
    .registers 3

    .line 18
    if-le p0, p1, :cond_3

    move p0, p1

    :cond_3
    return p0
.end method


# virtual methods
.method public getCount()I
    .registers 2

    iget v0, p0, Lorg/example/Counter;->count:I

    return v0
.end method

.method public run()V
    .registers 4

    .prologue
    const/4 v0, 0x0

    :goto_1
    const/16 v1, 0xa

    if-ge v0, v1, :cond_d

    .line 30
    iget v2, p0, Lorg/example/Counter;->count:I

    add-int/lit8 v2, v2, 0x1

    iput v2, p0, Lorg/example/Counter;->count:I

    add-int/lit8 v0, v0, 0x1

    goto :goto_1

    :cond_d
    return-void
.end method

.method public native reset(J)Z
.end method
